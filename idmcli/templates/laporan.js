"use strict";
// Mengurutkan dan menyaring tabel, mencari desa, dan menampilkan kartunya. Semua teks masuk sebagai teks, bukan HTML.
(function () {
  const baca = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = baca("data-desa");
  const kata = baca("data-istilah");
  const statusBesar = data.status.map((nama) => nama.toLowerCase());

  function unsur(nama, isi, kelas) {
    const baru = document.createElement(nama);
    if (kelas) baru.className = kelas;
    for (const satu of [].concat(isi === undefined || isi === null ? [] : isi)) baru.append(satu);
    return baru;
  }
  const diisi = (pola, nilai) => pola.replace(/\{(\w+)\}/g, (_, nama) => String(nilai[nama]));
  const lipat = (teks) => teks.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "");
  const koma = (angka, digit) => angka.toFixed(digit).replace(".", ",");
  const idm = (satuan) => (satuan === null ? kata.tak_ada : koma(satuan / data.skala, 4));
  const status = (satuan) => {
    if (satuan === null) return kata.tak_dihitung;
    let nomor = 0;
    data.batas.forEach((batas, n) => { if (satuan >= batas) nomor = n; });
    return data.status[nomor];
  };

  // Tabel
  function nilai(teks) {
    const urut = statusBesar.indexOf(teks.toLowerCase());
    if (urut >= 0) return urut;
    const bersih = teks.replace(/−/g, "-").replace(/[≥≤+%\s]/g, "").replace(/^Rp/, "");
    return /^-?[\d.]+(,\d+)?$/.test(bersih) ? Number(bersih.replace(/\./g, "").replace(",", ".")) : null;
  }
  function bandingkan(a, b) {
    const x = nilai(a), y = nilai(b);
    if (x !== null && y !== null) return x - y;
    return a.localeCompare(b, "id", { numeric: true });
  }
  function urutkan(tabel, kolom, kepala) {
    const naik = kepala.getAttribute("aria-sort") !== "ascending";
    for (const lain of tabel.tHead.rows[0].cells) lain.removeAttribute("aria-sort");
    kepala.setAttribute("aria-sort", naik ? "ascending" : "descending");
    const badan = tabel.tBodies[0];
    const kosong = (teks) => teks === "–" || teks === "";
    const baris = Array.from(badan.rows).map((satu, asal) => ({ satu, asal, teks: satu.cells[kolom].textContent.trim() }));
    baris.sort((a, b) => {
      if (kosong(a.teks) !== kosong(b.teks)) return kosong(a.teks) ? 1 : -1;
      return (naik ? 1 : -1) * bandingkan(a.teks, b.teks) || a.asal - b.asal;
    });
    for (const { satu } of baris) badan.append(satu);
  }
  function siapkan(tabel) {
    const badan = tabel.tBodies[0];
    if (tabel.classList.contains("diagonal") || badan.rows.length < 3) return;
    Array.from(tabel.tHead.rows[0].cells).forEach((kepala, kolom) => {
      const tombol = unsur("button", kepala.textContent);
      tombol.type = "button";
      tombol.title = diisi(kata.urutkan, { kolom: kepala.textContent });
      tombol.addEventListener("click", () => urutkan(tabel, kolom, kepala));
      kepala.replaceChildren(tombol);
    });
    if (!("saring" in tabel.dataset)) return;
    const masukan = unsur("input");
    masukan.type = "search";
    const kabar = unsur("span", "", "catatan");
    kabar.setAttribute("role", "status");
    const tulis = () => {
      const cari = lipat(masukan.value);
      let tampak = 0;
      for (const baris of badan.rows) {
        baris.hidden = cari !== "" && !Array.from(baris.cells).some((sel) => lipat(sel.textContent).includes(cari));
        if (!baris.hidden) tampak += 1;
      }
      kabar.textContent = diisi(kata.tampak, { tampak, jumlah: badan.rows.length });
    };
    masukan.addEventListener("input", tulis);
    tabel.parentElement.before(unsur("div", [unsur("label", [kata.saring + " ", masukan]), kabar], "saring"));
    tulis();
  }
  document.querySelectorAll("table[data-urut]").forEach(siapkan);

  // Cari desa
  const TAMPAK = 30;
  const masukan = document.getElementById("kata-cari");
  const hasil = document.getElementById("hasil");
  const kabar = document.getElementById("kabar");
  const wadah = document.getElementById("kartu");
  const menurutNomor = new Map(data.desa.map((desa) => [String(desa[0]), desa]));
  const menurutKode = new Map(data.desa.filter((desa) => desa[1]).map((desa) => [desa[1], desa]));
  const indeksCari = data.desa.map((desa) => lipat(desa[2]) + " " + desa[1] + " " + lipat(data.tempat[desa[3]].join("")));
  const tempat = (desa) => data.tempat[desa[3]].join(", ");
  const tautan = (desa) => "#desa-" + (desa[1] || desa[0]);
  document.querySelectorAll(".cari[hidden]").forEach((satu) => { satu.hidden = false; });

  function cari() {
    const teks = lipat(masukan.value);
    hasil.replaceChildren();
    if (!teks) { kabar.textContent = ""; return; }
    const ketemu = [];
    data.desa.forEach((desa, n) => {
      const letak = indeksCari[n].indexOf(teks);
      if (letak >= 0) ketemu.push([letak, n, desa]);
    });
    ketemu.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const jumlah = ketemu.length;
    kabar.textContent = !jumlah ? kata.nihil : diisi(jumlah > TAMPAK ? kata.sebagian : kata.ditemukan, { jumlah, tampak: TAMPAK });
    for (const [, , desa] of ketemu.slice(0, TAMPAK)) {
      const satu = unsur("a", desa[2] + " (" + tempat(desa) + ")");
      satu.href = tautan(desa);
      hasil.append(unsur("li", satu));
    }
    if (jumlah === 1) kartu(ketemu[0][2]);
  }
  masukan.addEventListener("input", cari);

  function tabel(kepala, baris, judul) {
    const dibuat = unsur("table", [
      unsur("thead", unsur("tr", kepala.map((teks) => { const sel = unsur("th", teks); sel.scope = "col"; return sel; }))),
      unsur("tbody", baris.map((satu) => unsur("tr", satu.map((isi) => unsur("td", isi))))),
    ]);
    if (judul) dibuat.prepend(unsur("caption", unsur("span", judul)));
    const gulung = unsur("div", dibuat, "gulung");
    gulung.tabIndex = 0;
    gulung.setAttribute("role", "region");
    gulung.setAttribute("aria-label", judul || kepala[0]);
    return gulung;
  }
  function syarat(indikator, skor) {
    return indikator[5].find((baris) => baris[0] === skor) || [skor, kata.tak_ada, ""];
  }
  function langkah(desa) {
    const bagian = [unsur("h4", desa[9] ? kata.jalan_rencana : kata.jalan)];
    if (desa[10]) bagian.push(unsur("p", desa[10]));
    else if (!desa[8].length) bagian.push(unsur("p", kata.tanpa_jalan));
    if (!desa[8].length) return bagian;
    bagian.push(unsur("ol", desa[8].map(([nomor, ke, siapa]) => {
      const indikator = data.indikator[nomor];
      const dari = Number(desa[4][nomor]);
      const isi = [unsur("b", indikator[1] + " (" + indikator[0] + "): " + kata.skor.toLowerCase() + " " + dari + " → " + ke)];
      isi.push(unsur("div", kata.kegiatan + ": " + (syarat(indikator, dari)[2] || kata.tak_ada)));
      isi.push(unsur("div", kata.syarat + ": " + syarat(indikator, ke)[1], "kecil"));
      isi.push(unsur("div", kata.pelaku + ": " + siapa, "kecil"));
      return unsur("li", isi);
    })));
    return bagian;
  }
  function lemah(desa) {
    if (!desa[4]) return [unsur("p", kata.tanpa_skor)];
    const kurang = data.indikator
      .map((indikator, nomor) => ({ indikator, skor: desa[4][nomor], tambah: (5 - Number(desa[4][nomor])) * indikator[3] }))
      .filter((satu) => satu.skor !== "-" && satu.tambah > 0 && !satu.indikator[6]);
    kurang.sort((a, b) => b.tambah - a.tambah);
    const kepala = [kata.indikator, kata.skor, kata.tambah, kata.kegiatan, kata.dapat];
    const baris = kurang.slice(0, 8).map(({ indikator, skor, tambah }) => [
      indikator[1], skor, "+" + koma(tambah / data.skala, 4), syarat(indikator, Number(skor))[2], indikator[4],
    ]);
    const semua = data.indikator.map((indikator, nomor) => [
      indikator[0], indikator[1], desa[4][nomor], syarat(indikator, Number(desa[4][nomor]))[1],
    ]);
    const rincian = unsur("details", [
      unsur("summary", kata.semua),
      tabel([kata.kode, kata.indikator, kata.skor, kata.keadaan], semua),
    ]);
    return [baris.length ? tabel(kepala, baris, kata.lemah) : "", rincian];
  }
  function kartu(desa) {
    const kini = desa[6][desa[6].length - 1];
    const panah = { naik: "▲ ", turun: "▼ ", tetap: "= " }[desa[7]];
    const inti = [[kata.status, status(kini)], [kata.idm, idm(kini)]];
    if (panah) inti.push([String(data.tahun[data.tahun.length - 2]) + " → " + String(data.tahun[data.tahun.length - 1]), panah + kata[desa[7]]]);
    const indeks = data.dimensi.map(([kode, nama, maksimum], n) => {
      const poin = desa[5][n];
      const batang = unsur("span", "", "batang");
      batang.style.width = poin === null ? "0" : (poin / maksimum) * 6 + "em";
      return [nama + " (" + kode + ")", poin === null ? kata.tak_ada : koma(poin / maksimum, 4), poin === null ? kata.tak_ada : poin + "/" + maksimum, batang];
    });
    const riwayat = data.tahun.map((tahun, n) => [String(tahun), idm(desa[6][n]), desa[6][n] === null ? kata.tak_ada : status(desa[6][n])]);
    const alamat = unsur("a", kata.tautan);
    alamat.href = tautan(desa);
    wadah.replaceChildren(
      unsur("h3", desa[2]),
      unsur("p", [(desa[1] ? kata.kode + " " + desa[1] + " · " : "") + tempat(desa) + " · ", alamat], "kecil"),
      unsur("div", inti.map(([label, isi]) => unsur("p", [label, unsur("b", isi)])), "inti"),
      unsur("div", [
        tabel([kata.dimensi, kata.indeks, kata.poin, ""], indeks, kata.indeks),
        tabel([kata.tahun, kata.idm, kata.status], riwayat, kata.riwayat),
      ], "dua"),
      ...langkah(desa),
      ...lemah(desa),
    );
    wadah.dataset.desa = String(desa[0]);
    wadah.hidden = false;
  }
  function menurutAlamat() {
    const cocok = /^#desa-(\d+)$/.exec(location.hash);
    const desa = cocok && (menurutKode.get(cocok[1]) || menurutNomor.get(cocok[1]));
    if (!desa) return;
    kartu(desa);
    wadah.scrollIntoView({ block: "start" });
    wadah.focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", menurutAlamat);

  // Peta: satu perhentian tombol Tab, lalu tombol panah
  const petak = Array.from(document.querySelectorAll(".petak"));
  petak.forEach((satu, n) => { satu.tabIndex = n ? -1 : 0; });
  document.getElementById("peta").addEventListener("keydown", (tekan) => {
    const kini = petak.indexOf(document.activeElement);
    const geser = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[tekan.key];
    const tuju = petak[kini + (geser || 0)];
    if (kini < 0 || !geser || !tuju) return;
    tekan.preventDefault();
    petak[kini].tabIndex = -1;
    tuju.tabIndex = 0;
    tuju.focus();
  });
  menurutAlamat();
  const buka = (terbuka) => document.querySelectorAll("details").forEach((satu) => {
    if (terbuka) { satu.dataset.tadi = String(satu.open); satu.open = true; } else { satu.open = satu.dataset.tadi === "true"; }
  });
  window.addEventListener("beforeprint", () => buka(true));
  window.addEventListener("afterprint", () => buka(false));
})();

"""The other yardstick: the script a competent analyst writes. `pandas_script.py FILE OUT.parquet HEADER_ROW`.

It knows the layout beforehand (header row, labels, separator), checks nothing but the range, and does the rest of the
job: sums, indices, status, agreement with the stated status, recap by kabupaten, result to parquet.
"""

import sys

import pandas as pd

SOURCE, TARGET, HEADER_ROW = sys.argv[1], sys.argv[2], int(sys.argv[3])
THRESHOLDS = [-1, 0.4907, 0.5989, 0.7072, 0.8155, 1]
STATUSES = ["SANGAT TERTINGGAL", "TERTINGGAL", "BERKEMBANG", "MAJU", "MANDIRI"]

if SOURCE.endswith(".csv"):
    table = pd.read_csv(SOURCE, sep=";", decimal=",", header=0, skiprows=HEADER_ROW, dtype={"KODE DESA": str})
else:
    table = pd.read_excel(SOURCE, engine="openpyxl", header=HEADER_ROW, dtype={"KODE DESA": str})
table = table[table["KODE DESA"].notna()]
labels = [name for name in table.columns if name.startswith("Skor ")]
scores = table[labels].apply(pd.to_numeric, errors="coerce")
assert len(labels) == 50, len(labels)
assert scores.isin(range(6)).all(axis=None)

result = table[["KODE DESA", "PROVINSI", "KABUPATEN", "KECAMATAN", "NAMA DESA"]].copy()
result.columns = ["kode_desa", "provinsi", "kabupaten", "kecamatan", "desa"]
result["iks"] = scores[labels[:35]].sum(axis=1) / 175
result["ike"] = scores[labels[35:47]].sum(axis=1) / 60
result["ikl"] = scores[labels[47:]].sum(axis=1) / 15
result["idm"] = result[["iks", "ike", "ikl"]].mean(axis=1)
result["status"] = pd.cut(result["idm"], THRESHOLDS, labels=STATUSES).astype(str)
result["cocok"] = result["status"] == table["STATUS IDM 2024"]
result = pd.concat([result, scores.astype("int8")], axis=1)
result.to_parquet(TARGET, index=False)
print(result.pivot_table(index="kabupaten", columns="status", values="idm", aggfunc="count", fill_value=0).head(40))

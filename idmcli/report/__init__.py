"""The annual report: its pages, its data for programs, and how a whole folder is published in one step."""

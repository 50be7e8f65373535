# The index of SIPAS5 (method T2B-5C-v1) straight from a semicolon CSV whose columns 5 to 9 are the items TC HC PV KQ TT, in whole numbers:
# hundredths of a percent, rounded half up. Nothing of the program is used. Prints "NAME PERCENT ANSWERS", the index last.
BEGIN { FS = ";"; split("TC HC PV KQ TT", name, " ") }
NR > 1 {
	sub(/\r$/, "")
	for (i = 1; i <= 5; i++) if ($(i + 4) != "") { n[i]++; if ($(i + 4) >= 4) satisfied[i]++ }
}
END {
	for (i = 1; i <= 5; i++) {
		share[i] = int((20000 * satisfied[i] + n[i]) / (2 * n[i]))
		sum += share[i]
		printf "%s %d.%02d %d\n", name[i], share[i] / 100, share[i] % 100, n[i]
	}
	index100 = int((2 * sum + 5) / 10)
	printf "SIPAS %d.%02d\n", index100 / 100, index100 % 100
}

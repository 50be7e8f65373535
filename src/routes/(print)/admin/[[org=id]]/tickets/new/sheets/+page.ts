/** Plain HTML: the sheets of a whole batch would be sent a second time for scripts that have nothing to do here. */
export const csr = false;

/** Plain HTML: the sheets of a whole hall would be sent a second time for scripts that have nothing to do here. */
export const csr = false;

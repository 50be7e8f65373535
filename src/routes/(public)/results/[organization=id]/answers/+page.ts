/** Complete without a script: nothing of Kit is loaded. */
export const csr = false;

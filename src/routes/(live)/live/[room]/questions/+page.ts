/** The script that follows the room is the page's own: Kit's would be more than all the rest. */
export const csr = false;

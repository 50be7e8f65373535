import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Loaded into a server by a test that weighs it: takes away that what is no longer needed lies about for a while, so that what stays is seen. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
setInterval(collect, 250).unref();

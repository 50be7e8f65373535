/** Written in by the build: the product's version and a hash of every file the tablet runs. */
export const APP_VERSION = '@@build@@';

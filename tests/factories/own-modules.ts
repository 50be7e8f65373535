import { vi } from 'vitest';

/**
 * The files of one run share their process, so that libraries are loaded once. The program's own modules are loaded anew for each
 * file: what one of them keeps in memory, such as how often something was tried, is no other file's.
 */
vi.resetModules();

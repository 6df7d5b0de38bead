import { vi } from 'vitest'

/**
 * Files are run in one process, one after the other. What a module remembers (devices that failed, say) and what was put
 * in the place of a global are of one file.
 */
vi.resetModules()
vi.unstubAllGlobals()
vi.unstubAllEnvs()
vi.useRealTimers()

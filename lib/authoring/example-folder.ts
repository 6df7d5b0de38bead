import { fileURLToPath } from 'node:url'

/** The example that comes with Vitrine, as a package: it is in no seed, and goes the way of an instructor's own. */
export const exampleFolder = fileURLToPath(new URL('../../prisma/examples/sanity-checks', import.meta.url))

import { joinLibraries } from '@/lib/explainers/pictures/library'
import { bundledSources, type FigureSources } from '@/lib/figures/sources'
import { uploadedLibrary } from '@/lib/pictures/data'

/** What this installation computes figures from: what comes with Vitrine, and what people have uploaded. */
export function installedSources(bundled = bundledSources()): FigureSources {
  return { ...bundled, pictures: joinLibraries(bundled.pictures, uploadedLibrary) }
}

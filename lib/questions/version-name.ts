import type { Bilingual } from '@/lib/explainers/bilingual'

/**
 * Versions of a question count from 1 upwards, its variants from −1 downwards: whoever takes the largest number takes the
 * latest version, and never a variant.
 * @returns "version 3", "variant 2"
 */
export function versionName(version: number): Bilingual {
  return version < 0
    ? { zh: `變體 ${-version}`, en: `variant ${-version}` }
    : { zh: `第 ${version} 版`, en: `version ${version}` }
}

/** @returns several, in a row. */
export function versionNames(versions: readonly number[]): Bilingual {
  const names = versions.map(versionName)
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
}

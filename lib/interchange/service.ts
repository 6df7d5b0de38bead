import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AssignmentDocument } from './assignment-document'
import { parseAssignmentFile } from './assignment-file'
import { InterchangeError } from './errors'

/** The assignment that comes with Vitrine. */
export const bundledAssignmentPath = fileURLToPath(
  new URL('../../prisma/seed/explainable-ai.yaml', import.meta.url),
)

/**
 * Reads and checks an assignment that a person wrote as YAML.
 * @throws InterchangeError when the file cannot be read or is wrong
 */
export async function readAssignment(path: string = bundledAssignmentPath): Promise<AssignmentDocument> {
  return parseAssignmentFile(await readText(path), basename(path))
}

/**
 * @returns the text of a UTF-8 file, without a byte order mark
 * @throws InterchangeError when there is no such file, or it may not be read, or is not UTF-8 text
 */
export async function readText(path: string): Promise<string> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (cause) {
    throw new InterchangeError(path, [{ path: '', line: null, message: wordFailure(cause, 'read') }], {
      cause,
    })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new InterchangeError(path, [{ path: '', line: null, message: 'is not UTF-8 text' }], { cause })
  }
}

/** @throws InterchangeError when the file cannot be written */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (cause) {
    throw new InterchangeError(path, [{ path: '', line: null, message: wordFailure(cause, 'written') }], {
      cause,
    })
  }
}

function wordFailure(cause: unknown, deed: 'read' | 'written'): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  switch (code) {
    case 'ENOENT':
      return deed === 'read' ? 'there is no such file' : 'there is no such folder'
    case 'EISDIR':
      return 'is a folder; a file is expected'
    case 'EACCES':
      return `may not be ${deed}; check its permissions`
    default:
      return `cannot be ${deed}: ${cause instanceof Error ? cause.message : String(cause)}`
  }
}

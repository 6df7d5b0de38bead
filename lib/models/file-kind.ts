import { open } from 'node:fs/promises'

export type UploadKind = 'zip' | 'onnx' | 'safetensors'

/**
 * @param start the first 16 bytes of a file
 * @returns what it may be, by its first bytes alone; null: no model that can be read
 */
export function guessUploadKind(start: Uint8Array): UploadKind | null {
  const text = Buffer.from(start).toString('latin1')
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return 'zip'
  // safetensors: eight bytes of length, then JSON.
  if (text[8] === '{' && text.slice(4, 8) === '\0\0\0\0') return 'safetensors'
  // ONNX begins with the version of its representation: field 1, a small number.
  return start[0] === 0x08 && start[1]! >= 3 && start[1]! <= 20 ? 'onnx' : null
}

/** @returns the first 16 bytes; fewer where the file is shorter. */
export async function readStart(file: string): Promise<Uint8Array> {
  const handle = await open(/*turbopackIgnore: true*/ file)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(16), 0, 16, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

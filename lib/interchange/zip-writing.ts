import { crc32 } from 'node:zlib'

/** A file of a zip. Names are of ASCII letters, digits, `.`, `-`, `_` and `/`. */
export interface ZipEntry {
  readonly name: string
  readonly bytes: Uint8Array
}

const localHeader = 0x04034b50
const centralHeader = 0x02014b50
const endOfCentralDirectory = 0x06054b50
/** 2.0: the oldest reader that knows folders. */
const version = 20
/** 1980-01-01: equal files make equal zips. */
const date = 0x21

/**
 * Makes a zip whose files are stored as they are: pictures hardly shrink.
 * @throws RangeError beyond 65,535 files or 4 GiB, which would need another format.
 */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const path = Buffer.from(name, 'latin1')
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(version, 0)
    facts.writeUInt16LE(date, 8)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(bytes.byteLength, 14)
    facts.writeUInt32LE(bytes.byteLength, 18)
    facts.writeUInt16LE(path.byteLength, 22)
    files.push(word(localHeader), facts, path, Buffer.from(bytes))
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    const madeBy = Buffer.alloc(2)
    madeBy.writeUInt16LE(version, 0)
    directory.push(word(centralHeader), madeBy, facts, rest, path)
    offset += 4 + facts.byteLength + path.byteLength + bytes.byteLength
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(central.byteLength, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...files, central, word(endOfCentralDirectory), end])
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

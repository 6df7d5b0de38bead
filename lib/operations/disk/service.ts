import { readdir, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { ownDataFolder } from '@/lib/data-folder'
import type { DiskView } from '@/lib/operations/view'
import { ShortMemory } from '@/lib/short-memory'

/** Walking through the data folder takes a moment, and it grows slowly. */
const walkLifetimeMs = 60_000
const parts = new ShortMemory<DiskView['parts']>(walkLifetimeMs, 10)

/** @returns room on the disk of this machine's data folder, now; what fills the folder, up to a minute ago. */
export async function readDisk(folder: string = ownDataFolder()): Promise<DiskView> {
  const [room, filledBy] = await Promise.all([
    readRoom(folder),
    parts.get(folder, () => measureParts(folder)),
  ])
  return { folder, ...room, parts: filledBy }
}

/** @returns bytes on the disk of this machine's data folder. */
export async function readRoom(folder: string = ownDataFolder()): Promise<Pick<DiskView, 'free' | 'size'>> {
  const { bsize, blocks, bavail } = await statfs(/*turbopackIgnore: true*/ folder)
  return { free: bavail * bsize, size: blocks * bsize }
}

async function measureParts(folder: string): Promise<DiskView['parts']> {
  const names = await readdir(/*turbopackIgnore: true*/ folder)
  const measured = await Promise.all(
    names.map(async (name) => ({
      name,
      bytes: await bytesBelow(path.join(/*turbopackIgnore: true*/ folder, name)),
    })),
  )
  return measured.filter(({ bytes }) => bytes > 0).sort((one, other) => other.bytes - one.bytes)
}

/** What cannot be read (the database's own files belong to another user) or goes away meanwhile counts nothing. */
async function bytesBelow(file: string): Promise<number> {
  const found = await stat(/*turbopackIgnore: true*/ file).catch(() => null)
  if (!found) return 0
  if (!found.isDirectory()) return found.size
  const names = await readdir(/*turbopackIgnore: true*/ file).catch(() => [])
  let sum = 0
  for (const name of names) sum += await bytesBelow(path.join(/*turbopackIgnore: true*/ file, name))
  return sum
}

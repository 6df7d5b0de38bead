import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { ownDataFolder } from '@/lib/data-folder'
import { readWaitingPulls } from '@/lib/models/hub/data'
import type { Pull } from '@/lib/models/hub/schema'

/** Where files of the Hub are while they arrive: a folder of this machine for each pull, which is gone on with by its id. */

function incomingFolder(): string {
  return path.join(ownDataFolder(), 'cache/hub')
}

/** @returns a folder of the model's name, which messages about its files use; made where it is missing. */
export async function openPullFolder({ id }: Pull, name: string): Promise<string> {
  const folder = path.join(incomingFolder(), id, name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

export async function removePullFolder({ id }: Pick<Pull, 'id'>): Promise<void> {
  await rm(path.join(incomingFolder(), id), { recursive: true, force: true })
}

/** Removes what pulls have left here that nobody waits for any more, as where their worker was killed. */
export async function removeAbandonedPulls(): Promise<void> {
  const present = await readdir(incomingFolder()).catch(() => [])
  if (present.length === 0) return
  const waiting = new Set((await readWaitingPulls()).map(({ id }) => id))
  for (const id of present) if (!waiting.has(id)) await removePullFolder({ id })
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Exchange, Transport } from './exchange'

export const mishaps = ['request-lost', 'answer-lost', 'doubled', 'delayed', 'late-copy'] as const
export type Mishap = (typeof mishaps)[number]

export interface UnreliableNetwork {
  readonly over: (transport: Transport) => Transport
  /** How often each happened. */
  readonly counts: Readonly<Record<Mishap, number>>
  /** Resolves when copies that were still under way have arrived. */
  readonly quiet: () => Promise<void>
}

/**
 * A network on which a share of the requests meets a mishap: lost before or after the server has acted, sent twice,
 * delayed, or arriving once more long after newer ones.
 * @param share of the requests, 0 to 1
 * @param random in [0,1)
 */
export function unreliableNetwork(share: number, random: () => number): UnreliableNetwork {
  const counts = Object.fromEntries(mishaps.map((mishap) => [mishap, 0])) as Record<Mishap, number>
  const stray = new Set<Promise<unknown>>()
  const letGo = (copy: Promise<unknown>) => {
    const ended = copy.catch(() => {}).finally(() => stray.delete(ended))
    stray.add(ended)
  }
  const pause = (most: number) => sleep(random() * most)

  async function meet(mishap: Mishap, exchange: Exchange, send: Transport): Promise<Answer> {
    counts[mishap]++
    switch (mishap) {
      case 'request-lost':
        throw new Error('lost on the way')
      case 'answer-lost':
        await send(exchange)
        throw new Error('lost on the way back')
      case 'doubled':
        letGo(send(exchange))
        return send(exchange)
      case 'delayed':
        await pause(2000)
        return send(exchange)
      case 'late-copy':
        letGo(pause(4000).then(() => send(exchange)))
        return send(exchange)
    }
  }

  return {
    counts,
    over: (send) => (exchange) =>
      random() < share
        ? meet(mishaps[Math.floor(random() * mishaps.length)]!, exchange, send)
        : send(exchange),
    quiet: async () => {
      while (stray.size > 0) await Promise.all(stray)
    },
  }
}

/** The parts of a service worker's surroundings that ours uses: TypeScript's own names for them exclude the page's. */

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

interface FetchReceived extends ExtendableEvent {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}

interface MessageReceived extends ExtendableEvent {
  readonly data: unknown
}

interface Scope {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(kind: 'install' | 'activate' | 'sync', listen: (event: ExtendableEvent) => void): void
  addEventListener(kind: 'fetch', listen: (event: FetchReceived) => void): void
  addEventListener(kind: 'message', listen: (event: MessageReceived) => void): void
}

export const scope = globalThis as unknown as Scope

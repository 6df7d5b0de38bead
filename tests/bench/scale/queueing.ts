/**
 * A network of stations with queues, simulated event by event: pure. A job visits stations one after the other; at each it
 * waits for a free server, first come, first served.
 */

export interface Visit {
  readonly station: number
  /** Of one server's work. */
  readonly seconds: number
}

export interface Arrival {
  /** Seconds from the beginning; arrivals come in this order. */
  readonly at: number
  /** What it is, as a number from 0; times are kept by it. */
  readonly kind: number
  /** One at least. */
  readonly visits: readonly Visit[]
}

export interface StationUse {
  /** Seconds that servers worked, all together. */
  readonly busy: number
  /** Jobs at the station, waiting ones included, when there were most. */
  readonly most: number
}

export interface Simulated {
  /** By kind: seconds from arrival to the end of the last visit. */
  readonly times: readonly (readonly number[])[]
  readonly stations: readonly StationUse[]
  /** When the last job ended. */
  readonly end: number
}

interface Job extends Arrival {
  step: number
}

/** @param servers of each station, 1 or more @param kinds how many there are */
export function simulate(servers: readonly number[], arrivals: Iterable<Arrival>, kinds: number): Simulated {
  const stations = servers.map((count) => ({
    free: count,
    queue: new Fifo<Job>(),
    present: 0,
    busy: 0,
    most: 0,
  }))
  const times: number[][] = Array.from({ length: kinds }, () => [])
  const departures = new EventHeap<Job>()
  let end = 0

  const begin = (job: Job, now: number) => {
    const { station, seconds } = job.visits[job.step]!
    stations[station]!.free -= 1
    stations[station]!.busy += seconds
    departures.push(now + seconds, job)
  }
  const arrive = (job: Job, now: number) => {
    const station = stations[job.visits[job.step]!.station]!
    station.present += 1
    station.most = Math.max(station.most, station.present)
    if (station.free > 0) begin(job, now)
    else station.queue.push(job)
  }
  const depart = () => {
    const [now, job] = departures.pop()!
    const station = stations[job.visits[job.step]!.station]!
    station.free += 1
    station.present -= 1
    const next = station.queue.shift()
    if (next) begin(next, now)
    job.step += 1
    end = now
    if (job.step < job.visits.length) arrive(job, now)
    else times[job.kind]!.push(now - job.at)
  }

  for (const arrival of arrivals) {
    while (departures.first <= arrival.at) depart()
    arrive({ ...arrival, step: 0 }, arrival.at)
  }
  while (departures.first < Number.POSITIVE_INFINITY) depart()
  return { times, stations: stations.map(({ busy, most }) => ({ busy, most })), end }
}

/** A queue whose head is taken without moving the rest. */
class Fifo<Item> {
  private items: Item[] = []
  private head = 0

  push(item: Item): void {
    this.items.push(item)
  }

  shift(): Item | undefined {
    const item = this.items[this.head]
    if (item === undefined) return undefined
    this.head += 1
    if (this.head > 1024 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head)
      this.head = 0
    }
    return item
  }
}

/** A binary heap of what is to happen, the earliest first. */
class EventHeap<Item> {
  private readonly times: number[] = []
  private readonly items: Item[] = []

  /** Infinite: nothing is to happen. */
  get first(): number {
    return this.times[0] ?? Number.POSITIVE_INFINITY
  }

  push(time: number, item: Item): void {
    let index = this.times.length
    this.times.push(time)
    this.items.push(item)
    while (index > 0) {
      const above = (index - 1) >> 1
      if (this.times[above]! <= time) break
      this.place(index, this.times[above]!, this.items[above]!)
      index = above
    }
    this.place(index, time, item)
  }

  pop(): readonly [time: number, item: Item] | undefined {
    const found = this.times[0]
    if (found === undefined) return undefined
    const item = this.items[0]!
    const lastTime = this.times.pop()!
    const lastItem = this.items.pop()!
    const size = this.times.length
    if (size > 0) {
      let index = 0
      for (let child = 1; child < size; child = 2 * index + 1) {
        if (child + 1 < size && this.times[child + 1]! < this.times[child]!) child += 1
        if (this.times[child]! >= lastTime) break
        this.place(index, this.times[child]!, this.items[child]!)
        index = child
      }
      this.place(index, lastTime, lastItem)
    }
    return [found, item]
  }

  private place(index: number, time: number, item: Item): void {
    this.times[index] = time
    this.items[index] = item
  }
}

/** @returns the value below which this share of the values lies; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

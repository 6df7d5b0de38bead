import type { ReactNode } from 'react'
import type { RoomName } from './messages/messages'

/** What a room is about in a few strokes: arcs over a line, points that part, a chequered map. */
export function RoomSketch({ room }: { room: RoomName }) {
  return (
    <svg viewBox="0 0 240 96" aria-hidden="true" className="mx-auto block h-24 w-full max-w-60">
      {sketches[room]}
    </svg>
  )
}

const words = [8, 50, 84, 132, 164, 206]
const looks: readonly (readonly [from: number, to: number, weight: number])[] = [
  [0, 1, 0.9],
  [1, 3, 0.35],
  [2, 5, 0.5],
  [4, 1, 0.95],
  [5, 4, 0.4],
]

const cloud: readonly (readonly [x: number, y: number])[] = [
  [30, 70],
  [44, 58],
  [38, 82],
  [58, 74],
  [66, 60],
  [76, 80],
  [84, 66],
  [96, 76],
  [104, 58],
  [118, 70],
]
const asked: readonly (readonly [x: number, y: number])[] = [
  [128, 34],
  [142, 26],
  [150, 40],
  [162, 30],
]

const sketches: Readonly<Record<RoomName, ReactNode>> = {
  attention: (
    <g>
      {looks.map(([from, to, weight]) => {
        const [start, end] = [words[from]! + 13, words[to]! + 13]
        const rise = 76 - Math.abs(end - start) * 0.62
        return (
          <path
            key={`${from} ${to}`}
            d={`M${start} 76C${start} ${rise} ${end} ${rise} ${end} 76`}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={0.8 + 2.6 * weight}
            strokeOpacity={0.25 + 0.7 * weight}
            strokeLinecap="round"
          />
        )
      })}
      {words.map((x, word) => (
        <rect
          key={x}
          x={x}
          y={82}
          width={word % 2 ? 22 : 28}
          height={6}
          rx={3}
          fill="var(--ink)"
          opacity={0.75}
        />
      ))}
    </g>
  ),
  'embedding-space': (
    <g>
      {cloud.map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={4} fill="var(--context)" opacity={0.85} />
      ))}
      {asked.map(([x, y]) => (
        <rect key={`${x} ${y}`} x={x - 3.5} y={y - 3.5} width={7} height={7} fill="var(--question)" />
      ))}
      <path d="M206 8l8 8-8 8-8-8z" fill="var(--answer)" />
      <path d="M112 62L196 18" stroke="var(--edge)" strokeWidth={1} strokeDasharray="2 4" />
    </g>
  ),
  'embedding-similarity': (
    <g>
      {Array.from({ length: 36 }, (_, cell) => {
        const [row, column] = [Math.floor(cell / 6), cell % 6]
        const isSame = row < 3 === column < 3
        const alike = row === column ? 1 : isSame ? 0.62 - 0.05 * ((row + column) % 3) : 0.18
        return (
          <rect
            key={`${row} ${column}`}
            x={72 + column * 16}
            y={row * 16}
            width={15}
            height={15}
            rx={1.5}
            fill="var(--accent)"
            opacity={alike}
          />
        )
      })}
    </g>
  ),
}

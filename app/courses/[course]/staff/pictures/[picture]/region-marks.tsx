import type { LabelMap, Point, Size } from '@/lib/pictures/drawing'

/** Numbers of regions, the shape that is being drawn, borders of superpixels, and the crosshair. */
export function RegionMarks({
  size,
  corners,
  middles,
  cross,
  label,
  zoom,
}: {
  size: Size
  corners: readonly Point[]
  middles: readonly (Point | null)[]
  cross: Point | null
  label: LabelMap | null
  zoom: number
}) {
  const text = size.width / 22 / zoom
  const line = corners.map(({ x, y }) => `${x},${y}`).join(' ')
  const stroke = { fill: 'none', vectorEffect: 'non-scaling-stroke' } as const
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      className="pointer-events-none absolute inset-0 size-full"
      aria-hidden="true"
    >
      {label && <path d={bordersOf(label, size)} {...stroke} stroke="#fff" strokeOpacity={0.7} />}
      {middles.map(
        (middle, index) =>
          middle && (
            <text
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is the number
              key={index}
              x={middle.x}
              y={middle.y}
              fontSize={text}
              textAnchor="middle"
              dominantBaseline="central"
              fontWeight={700}
              fill="#fff"
              stroke="#000"
              strokeWidth={text / 5}
              paintOrder="stroke"
            >
              {index + 1}
            </text>
          ),
      )}
      {corners.length > 0 && (
        <>
          <polyline points={line} {...stroke} stroke="#000" strokeWidth={4} />
          <polyline points={line} {...stroke} stroke="#fff" strokeWidth={2} strokeDasharray="5 4" />
          {corners.map(({ x, y }, index) => (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: corners are only added at the end
              key={index}
              cx={x}
              cy={y}
              r={size.width / (index === 0 ? 70 : 110) / zoom}
              fill="#fff"
              stroke="#000"
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </>
      )}
      {cross &&
        (['#000', '#fff'] as const).map((colour) => (
          <path
            key={colour}
            d={`M${cross.x + 0.5} 0V${size.height}M0 ${cross.y + 0.5}H${size.width}`}
            {...stroke}
            stroke={colour}
            strokeWidth={colour === '#000' ? 3 : 1}
          />
        ))}
    </svg>
  )
}

/** @returns lines between pixels of different superpixels, in pixels of the mask. */
function bordersOf(map: LabelMap, size: Size): string {
  const [across, down] = [size.width / map.width, size.height / map.height]
  const at = (x: number, y: number) => map.labels[y * map.width + x]
  let path = ''
  for (let y = 0; y < map.height; y++) {
    for (let x = 0; x < map.width; x++) {
      if (x > 0 && at(x, y) !== at(x - 1, y)) path += `M${x * across} ${y * down}v${down}`
      if (y > 0 && at(x, y) !== at(x, y - 1)) path += `M${x * across} ${y * down}h${across}`
    }
  }
  return path
}

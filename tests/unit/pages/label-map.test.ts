import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { centresOf, neighbourOf, outlineOf, readLabelMap } from '@/app/components/figure/label-map'
import { encodeLabels } from '@/lib/explainers/figures/png'

const exact = (buffer: Buffer) =>
  buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength) as ArrayBuffer

/** Numbers without pattern, so that the encoder has to use every filter. */
function labelsOf(height: number, width: number, most: number): Int32Array {
  let state = 7
  return Int32Array.from({ length: height * width }, (_, i) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    return i < width * 4 ? (i * 3) % (most + 1) : state % (most + 1)
  })
}

describe('label maps', () => {
  it.each([
    ['8-bit', 255],
    ['16-bit', 40_000],
  ])('reads what figures are stored as, %s', async (_, most) => {
    const data = labelsOf(33, 21, most)
    data[5] = most
    const map = await readLabelMap(exact(await encodeLabels({ data, shape: [33, 21] })))
    expect([map.height, map.width]).toEqual([33, 21])
    expect(Array.from(map.labels)).toEqual(Array.from(data))
  })

  it.each([true, false])(
    'reads a file whatever filters it was written with (adaptive: %s)',
    async (adaptive) => {
      const raw = Uint8Array.from(labelsOf(40, 40, 255))
      const file = await sharp(raw, { raw: { height: 40, width: 40, channels: 1 } })
        .toColourspace('b-w')
        .png({ adaptiveFiltering: adaptive })
        .toBuffer()
      expect(Array.from((await readLabelMap(exact(file))).labels)).toEqual(Array.from(raw))
    },
  )

  it('refuses what is not a grey PNG', async () => {
    await expect(readLabelMap(new ArrayBuffer(64))).rejects.toThrow('not a PNG')
    const colour = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    await expect(readLabelMap(exact(colour))).rejects.toThrow('colour type 2')
  })

  const quarters = {
    width: 4,
    height: 4,
    labels: Uint16Array.of(0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3),
  }

  it('arrow keys lead to the neighbour in their direction, and nowhere at the edge', () => {
    const centres = centresOf(quarters)
    expect(neighbourOf(centres, 0, 1, 0)).toBe(1)
    expect(neighbourOf(centres, 0, 0, 1)).toBe(2)
    expect(neighbourOf(centres, 3, -1, 0)).toBe(2)
    expect(neighbourOf(centres, 3, 0, -1)).toBe(1)
    expect(neighbourOf(centres, 0, -1, 0)).toBeNull()
  })

  it('outlines a label along the edges of its pixels', () => {
    const outline = outlineOf(quarters, 3)
    expect(outline.match(/M/g)).toHaveLength(8)
    expect(outline).toContain('M2 2h1')
    expect(outline).toContain('M4 3v1')
  })
})

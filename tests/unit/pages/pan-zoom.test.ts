import { describe, expect, it } from 'vitest'
import { within, zoomAround } from '@/app/components/figure/pan-zoom'

const stage = { width: 400, height: 400 }
const whole = { scale: 1, x: 0, y: 0 }

describe('pan and zoom', () => {
  it('keeps what lies under the pointer in place', () => {
    const at = { x: 100, y: -50 }
    const zoomed = zoomAround(whole, 2, at, stage)
    // A point p of the picture is shown at x + scale · p.
    expect(zoomed.x + zoomed.scale * 100).toBe(100)
    expect(zoomed.y + zoomed.scale * -50).toBe(-50)
  })

  it('never gets smaller than the whole picture or larger than twelve times', () => {
    expect(zoomAround(whole, 0.5, { x: 0, y: 0 }, stage)).toEqual(whole)
    expect(zoomAround(whole, 100, { x: 0, y: 0 }, stage).scale).toBe(12)
  })

  it('stops at the edges', () => {
    expect(within({ scale: 2, x: 999, y: -999 }, stage)).toEqual({ scale: 2, x: 200, y: -200 })
    expect(within({ scale: 1, x: 30, y: 30 }, stage)).toEqual(whole)
  })
})

import { useEffect, useState } from 'react'
import type { PictureLookView, PictureView } from '@/lib/pictures/view'

/** Milliseconds between two questions. */
const ask = 1500

/** What a classifier makes of the picture; asked for until it is there. */
export function useLook(pictureId: string, first: PictureLookView) {
  const [look, setLook] = useState(first)
  const { state } = look
  useEffect(() => {
    if (state !== 'computing') return
    const timer = setInterval(async () => {
      const response = await fetch(`/api/pictures/${pictureId}`).catch(() => null)
      if (!response?.ok) return
      const picture = (await response.json()) as PictureView
      setLook(picture.look)
    }, ask)
    return () => clearInterval(timer)
  }, [pictureId, state])
  return {
    look,
    lookAgain: async () => {
      const response = await fetch(`/api/pictures/${pictureId}/looks`, { method: 'POST' }).catch(() => null)
      if (response?.ok) setLook({ state: 'computing' })
    },
  }
}

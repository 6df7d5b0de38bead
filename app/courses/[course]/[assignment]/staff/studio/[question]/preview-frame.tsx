'use client'

import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { usePreferences } from '@/app/components/preferences'
import { languageTag } from '@/app/messages/language'

/**
 * A screen of its own within the page: what is in it is laid out by the frame's width, as on a device of that width, and
 * is drawn smaller where there is less room.
 */
export function PreviewFrame({
  title,
  width,
  children,
}: {
  title: string
  /** CSS pixels. */
  width: number
  children: ReactNode
}) {
  const { language, theme } = usePreferences()
  const place = useRef<HTMLDivElement>(null)
  const [frame, setFrame] = useState<Document | null>(null)
  const [size, setSize] = useState({ room: width, height: 640 })

  const open = useCallback((element: HTMLIFrameElement | null) => {
    const inside = element?.contentDocument
    if (!inside) return
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"], style'))
      inside.head.append(sheet.cloneNode(true))
    setFrame(inside)
  }, [])

  useEffect(() => {
    if (!frame) return
    frame.documentElement.lang = languageTag[language.interface]
    frame.documentElement.dataset.theme = theme
    frame.title = title
    // There is no bar below the question here.
    frame.documentElement.style.setProperty('--footer-height', '0px')
  }, [frame, language.interface, theme, title])

  useEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setSize({ room: element.clientWidth, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const scale = Math.min(1, size.room / width)
  return (
    <div ref={place} className="relative h-full min-h-0 overflow-hidden">
      <iframe
        ref={open}
        title={title}
        className="absolute top-0 left-1/2 origin-top-left rounded-card border border-edge bg-paper"
        style={{
          width,
          height: size.height / scale,
          transform: `scale(${scale}) translateX(-50%)`,
        }}
      />
      {frame && createPortal(children, frame.body)}
    </div>
  )
}

import { type RefObject, useEffect, useRef } from 'react'

/** For a line that opens: the address may name it, and then it is open and in sight. */
export function useOpenWhenNamed(id: string): RefObject<HTMLDetailsElement | null> {
  const line = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const open = () => {
      if (!line.current || decodeURIComponent(location.hash) !== `#${id}`) return
      line.current.open = true
      line.current.scrollIntoView()
    }
    open()
    window.addEventListener('hashchange', open)
    return () => window.removeEventListener('hashchange', open)
  }, [id])
  return line
}

'use client'

import type { Announcements } from '@dnd-kit/core'
import { useStudioMessages } from './messages/use-studio-messages'

/** @returns what is said to somebody who sorts a list without seeing it: how it goes, and where things are. */
export function useSortableWords(): (ids: readonly string[]) => {
  readonly screenReaderInstructions: { readonly draggable: string }
  readonly announcements: Announcements
} {
  const { list } = useStudioMessages()
  return (ids) => {
    const place = (id: string | number) => ids.indexOf(String(id)) + 1
    return {
      screenReaderInstructions: { draggable: list.moveHint },
      announcements: {
        onDragStart: ({ active }) => list.lifted(place(active.id)),
        onDragOver: ({ over }) => (over ? list.over(place(over.id)) : undefined),
        onDragEnd: ({ over }) => (over ? list.dropped(place(over.id)) : list.cancelled),
        onDragCancel: () => list.cancelled,
      },
    }
  }
}

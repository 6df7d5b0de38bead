'use client'

import dynamic from 'next/dynamic'

/** The attention explorer for pages that show more than it: its code comes only where it is shown. */
export const LazyAttentionExplorer = dynamic(
  () => import('./attention-explorer').then((module) => module.AttentionExplorer),
  { ssr: false, loading: () => <div aria-hidden="true" className="skeleton h-[40rem]" /> },
)

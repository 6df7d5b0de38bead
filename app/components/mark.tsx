/** Vitrine's mark: an exhibit in a glass case on its plinth. Decorative; the name stands beside it. */
export function Mark({ size = 24, className }: { size?: number; className?: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" className={className}>
      <path
        d="M7 23V7.5a2.5 2.5 0 0 1 2.5-2.5h13A2.5 2.5 0 0 1 25 7.5V23"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
      <path
        d="M10.6 13.5V9.6a1 1 0 0 1 1-1h1.6"
        stroke="currentColor"
        strokeWidth="1.2"
        strokeLinecap="round"
        opacity=".45"
      />
      <path d="M4 23.4h24M7 27.4h18" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" />
      <path d="M16 10.4l4.2 4.7L16 19.8l-4.2-4.7z" fill="var(--accent)" />
    </svg>
  )
}

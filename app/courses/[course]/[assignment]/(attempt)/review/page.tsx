import type { Metadata } from 'next'
import { readPreferences } from '@/app/preferences'
import { ReviewView } from './review-view'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readPreferences()).messages.review.title }
}

export default function ReviewPage() {
  return <ReviewView />
}

'use client'

import { useEffect } from 'react'
import { forgetPerson } from './device-copy'

/** On the sign-in page: nobody is signed in, so nobody's pages stay on the device. */
export function ForgetPerson() {
  useEffect(() => {
    void forgetPerson().catch(() => {})
  }, [])
  return null
}

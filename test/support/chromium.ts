import { existsSync } from 'node:fs'

/** Chromium of this machine; undefined where there is none. */
export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
)
export const chromiumMissing = 'Chromium is not installed: apt-get install chromium'

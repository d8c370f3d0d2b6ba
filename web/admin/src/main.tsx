import '../../ui/no-eval.ts'
import '@mantine/core/styles.css'
import '@mantine/dates/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import '../../ui/tokens.css'
import { createRoot } from 'react-dom/client'
import { Application } from './application.tsx'

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<Application />)

import { html } from 'hono/html'
import type { Problem } from '../contracts/basic.ts'

/**
 * What went wrong, and what can be done about it, for whoever opened an address in a browser. It is written here and shows what it says without any script:
 * it has to be readable where the application cannot be loaded.
 */
export const problemPage = ({
  title,
  detail,
  remedy,
  instance,
}: Problem): ReturnType<typeof html> => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Countinghouse</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/color-scheme.js"></script>
</head>
<body class="problem"><main>
<p class="brand"><img src="/assets/icon.svg" alt="" width="20" height="20"> Countinghouse</p>
<h1>${title}</h1>
${detail === undefined || detail === title ? '' : html`<p>${detail}</p>`}
${remedy === undefined ? '' : html`<p>${remedy}</p>`}
${instance === undefined ? '' : html`<p class="quiet">${instance}</p>`}
<p><a href="/">To your companies</a></p>
</main></body>
</html>`

export { parseStory } from './parse-story.ts'
export { type Difference, playStory, type StoryResult } from './play-story.ts'
export type { Story } from './story.ts'

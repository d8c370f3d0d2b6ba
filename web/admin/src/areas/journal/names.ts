/** What the area is called where it is offered: that is loaded before anything is shown, and all its other texts only with its screens. */
export const names = {
  title: 'Manual journals',
  journals: 'Manual journals',
  new: 'New manual journal',
  templates: 'Templates',
  recurring: 'Recurring',
} as const

/** What the area is called where it is offered: that is loaded before anything is shown, and all its other texts only with its screens. */
export const names = {
  title: 'Items',
  new: 'New item',
  groups: 'Item groups',
} as const

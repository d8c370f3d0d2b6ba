export {
  changeView,
  lockView,
  removeView,
  type SavedView,
  savedViews,
  saveViews,
  type ViewRequest,
  viewById,
} from './views.ts'

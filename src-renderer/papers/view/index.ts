export { PageViewer } from './page-viewer'
export type { PageViewerProps, ViewerActs } from './viewer-acts'

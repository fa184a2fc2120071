export { PageViewer, type PageViewerProps } from './page-viewer'
export type { ViewerActs } from './viewer-acts'

export { CameraPanel, type CameraPanelProps } from './panel'

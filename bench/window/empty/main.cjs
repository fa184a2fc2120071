// The floor of start and memory: one window, one page with nothing on it.
const { app, BrowserWindow } = require('electron')
const { join } = require('node:path')

app.setPath('userData', process.env.MOTCUA_EMPTY_PROFILE)
app.on('window-all-closed', () => app.quit())
void app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768 }).loadFile(join(__dirname, 'index.html')))

// A bare window on the reference city's own page, for the tour's pictures.
const { app, BrowserWindow } = require('electron')

app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768, useContentSize: true }).loadURL(process.env.MOTCUA_CITY_URL ?? 'about:blank'))

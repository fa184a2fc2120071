# Scanners through WIA (Windows Image Acquisition) for Một Cửa. Prints one JSON object a line.
# The request comes by the environment (MOTCUA_SCAN), so that no name of a device can be taken for an argument:
#   { "action": "list" }
#   { "action": "capabilities", "device": "<DeviceID>" }
#   { "action": "scan", "device": "<DeviceID>", "source": "flatbed|feeder|feeder-duplex", "colour": "colour|grey|black",
#     "dpi": 300, "width": 210, "height": 297 (millimetres, 0: whole), "most": 0 (0: until empty), "folder": "<path>" }
# Not tried on Windows yet; unit-tested on recorded lines.
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding($false)

$JPEG = '{B96B3CAE-0728-11D3-9D7B-0000F81EF32E}'
$PNG = '{B96B3CAF-0728-11D3-9D7B-0000F81EF32E}'
$BMP = '{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}'
$ENDINGS = @{ $JPEG = 'jpg'; $PNG = 'png' }
$FEEDER_EMPTY = '0x80210003'

function Say($fact) { [Console]::Out.WriteLine((ConvertTo-Json -InputObject $fact -Compress -Depth 5)); [Console]::Out.Flush() }

# COM errors come wrapped; the innermost HRESULT tells.
function HResult($failure) {
  $inner = $failure.Exception
  while ($inner.InnerException) { $inner = $inner.InnerException }
  '0x{0:X8}' -f ([int64]$inner.HResult -band 0xFFFFFFFFL)
}

function Property($holder, $id) { foreach ($one in $holder.Properties) { if ($one.PropertyID -eq $id) { return $one } } }
function Value($holder, $id) { $one = Property $holder $id; if ($one) { $one.Value } }
# A property that a driver does not have, or will not take, is left as it is: the page tells its size.
function Set-Property($holder, $id, $value) { $one = Property $holder $id; if ($one) { try { $one.Value = $value; return $true } catch { } }; $false }

function Connect-Device($id) {
  foreach ($info in (New-Object -ComObject WIA.DeviceManager).DeviceInfos) { if ($info.DeviceID -eq $id) { return $info.Connect() } }
  Say @{ event = 'error'; hresult = '0x80210015' }
  exit 1
}

function Show-List {
  foreach ($info in (New-Object -ComObject WIA.DeviceManager).DeviceInfos) {
    if ($info.Type -ne 1) { continue }
    $name = ''
    try { $name = [string]$info.Properties.Item('Name').Value } catch { }
    Say @{ event = 'device'; id = [string]$info.DeviceID; name = $name }
  }
}

# WIA_IPS_XRES (6147): SubType 1 range, 2 list, 0 none.
function Resolutions($item) {
  $one = Property $item 6147
  if (-not $one) { return @() }
  if ($one.SubType -eq 2) { return @($one.SubTypeValues | ForEach-Object { [int]$_ }) }
  if ($one.SubType -eq 1) { return @(75, 100, 150, 200, 300, 400, 600, 1200 | Where-Object { $_ -ge $one.SubTypeMin -and $_ -le $one.SubTypeMax }) }
  @([int]$one.Value)
}

function Show-Capabilities($request) {
  $device = Connect-Device $request.device
  $item = $device.Items.Item(1)
  # WIA_DPS_DOCUMENT_HANDLING_CAPABILITIES: 1 feeder, 2 flatbed, 4 duplex. Sizes come in thousandths of an inch.
  $handling = [int](Value $device 3086)
  $fact = @{
    event = 'capabilities'; handling = $handling; dpis = @(Resolutions $item)
    bedWidth = [int](Value $device 3074); bedHeight = [int](Value $device 3075)
    sheetWidth = [int](Value $device 3076); sheetHeight = [int](Value $device 3077)
  }
  Say $fact
}

function Save-Page($image, $folder, $number) {
  if (-not $ENDINGS.ContainsKey($image.FormatID)) {
    $process = New-Object -ComObject WIA.ImageProcess
    $process.Filters.Add($process.FilterInfos.Item('Convert').FilterID)
    $process.Filters.Item(1).Properties.Item('FormatID').Value = $PNG
    $image = $process.Apply($image)
  }
  $name = 'p{0:D5}.{1}' -f $number, $ENDINGS[$image.FormatID]
  $part = Join-Path $folder ($name + '.part')
  $image.SaveFile($part)
  [System.IO.File]::Move($part, (Join-Path $folder $name))
  Say @{ event = 'page'; number = $number; file = $name; dpi = [int][math]::Round($image.HorizontalResolution) }
}

function Receive-Page($item) {
  # Drivers must give BMP; JPEG is smaller and quicker where they have it.
  foreach ($format in @($JPEG, $BMP)) {
    foreach ($offered in $item.Formats) { if ($offered -eq $format) { return $item.Transfer($format) } }
  }
  $item.Transfer($BMP)
}

function Start-Scan($request) {
  $device = Connect-Device $request.device
  $select = @{ 'flatbed' = 2; 'feeder' = 1; 'feeder-duplex' = 5 }[[string]$request.source]
  $set = Set-Property $device 3088 $select
  if (-not $set -and $request.source -eq 'feeder-duplex') { Say @{ event = 'error'; hresult = '0x80070057' }; exit 1 }
  # One page a transfer: 0 (all) makes some drivers give the first only.
  $null = Set-Property $device 3096 1
  $item = $device.Items.Item(1)
  # Intent first: it changes the others. 1 colour, 2 grey, 4 text.
  $null = Set-Property $item 6146 @{ 'colour' = 1; 'grey' = 2; 'black' = 4 }[[string]$request.colour]
  $null = Set-Property $item 6147 ([int]$request.dpi)
  $null = Set-Property $item 6148 ([int]$request.dpi)
  $dpi = [int](Value $item 6147)
  if ($dpi -lt 1) { $dpi = [int]$request.dpi }
  $null = Set-Property $item 6149 0
  $null = Set-Property $item 6150 0
  if ($request.width -gt 0) {
    $null = Set-Property $item 6151 ([int][math]::Floor($request.width / 25.4 * $dpi))
    $null = Set-Property $item 6152 ([int][math]::Floor($request.height / 25.4 * $dpi))
  }
  $most = [int]$request.most
  if ($request.source -eq 'flatbed') { $most = 1 }
  $pages = 0
  while ($most -eq 0 -or $pages -lt $most) {
    try {
      Say @{ event = 'page-started'; number = $pages + 1 }
      $image = Receive-Page $item
      $pages += 1
      Save-Page $image $request.folder $pages
    } catch {
      $code = HResult $_
      if ($code -eq $FEEDER_EMPTY -and $pages -gt 0) { break }
      Say @{ event = 'error'; hresult = $code }
      exit 1
    }
  }
  Say @{ event = 'end'; pages = $pages }
}

try {
  $request = ConvertFrom-Json $env:MOTCUA_SCAN
  switch ($request.action) {
    'list' { Show-List }
    'capabilities' { Show-Capabilities $request }
    'scan' { Start-Scan $request }
  }
} catch {
  Say @{ event = 'error'; hresult = (HResult $_) }
  exit 1
}

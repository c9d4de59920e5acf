/** N/file's types: name → usual extension and whether the content is binary (then getContents answers base64). */
export const FILE_TYPES: Record<string, { extensions: string[]; binary: boolean; mime: string }> = {
  APPCACHE: { extensions: ['appcache'], binary: false, mime: 'text/cache-manifest' },
  AUTOCAD: { extensions: ['dwg'], binary: true, mime: 'application/x-autocad' },
  BMPIMAGE: { extensions: ['bmp'], binary: true, mime: 'image/bmp' },
  CERTIFICATE: { extensions: ['cer', 'crt', 'pem'], binary: false, mime: 'application/x-x509-ca-cert' },
  CONFIG: { extensions: ['config'], binary: false, mime: 'text/plain' },
  CSV: { extensions: ['csv'], binary: false, mime: 'text/csv' },
  EXCEL: { extensions: ['xls', 'xlsx'], binary: true, mime: 'application/vnd.ms-excel' },
  FLASH: { extensions: ['swf'], binary: true, mime: 'application/x-shockwave-flash' },
  FREEMARKER: { extensions: ['ftl'], binary: false, mime: 'text/plain' },
  GIFIMAGE: { extensions: ['gif'], binary: true, mime: 'image/gif' },
  GZIP: { extensions: ['gz'], binary: true, mime: 'application/x-gzip-compressed' },
  HTMLDOC: { extensions: ['html', 'htm'], binary: false, mime: 'text/html' },
  ICON: { extensions: ['ico'], binary: true, mime: 'image/ico' },
  JAVASCRIPT: { extensions: ['js'], binary: false, mime: 'text/javascript' },
  JPGIMAGE: { extensions: ['jpg', 'jpeg'], binary: true, mime: 'image/jpeg' },
  JSON: { extensions: ['json'], binary: false, mime: 'application/json' },
  MESSAGERFC: { extensions: ['eml'], binary: false, mime: 'message/rfc822' },
  MP3: { extensions: ['mp3'], binary: true, mime: 'audio/mpeg' },
  MPEGMOVIE: { extensions: ['mpg'], binary: true, mime: 'video/mpeg' },
  MSPROJECT: { extensions: ['mpp'], binary: true, mime: 'application/vnd.ms-project' },
  PDF: { extensions: ['pdf'], binary: true, mime: 'application/pdf' },
  PJPGIMAGE: { extensions: ['pjpeg'], binary: true, mime: 'image/pjpeg' },
  PLAINTEXT: { extensions: ['txt'], binary: false, mime: 'text/plain' },
  PNGIMAGE: { extensions: ['png'], binary: true, mime: 'image/x-png' },
  POSTSCRIPT: { extensions: ['ps'], binary: true, mime: 'application/postscript' },
  POWERPOINT: { extensions: ['ppt', 'pptx'], binary: true, mime: 'application/vnd.ms-powerpoint' },
  QUICKTIME: { extensions: ['mov'], binary: true, mime: 'video/quicktime' },
  RTF: { extensions: ['rtf'], binary: false, mime: 'application/rtf' },
  SCSS: { extensions: ['scss'], binary: false, mime: 'text/plain' },
  SMS: { extensions: ['sms'], binary: true, mime: 'application/sms' },
  STYLESHEET: { extensions: ['css'], binary: false, mime: 'text/css' },
  SVG: { extensions: ['svg'], binary: false, mime: 'image/svg+xml' },
  TAR: { extensions: ['tar'], binary: true, mime: 'application/x-tar' },
  TARCOMP: { extensions: ['tgz'], binary: true, mime: 'application/x-tar-compressed' },
  TIFFIMAGE: { extensions: ['tiff', 'tif'], binary: true, mime: 'image/tiff' },
  VISIO: { extensions: ['vsd'], binary: true, mime: 'application/vnd.visio' },
  WEBAPPPAGE: { extensions: ['ssp'], binary: false, mime: 'text/html' },
  WEBAPPSCRIPT: { extensions: ['ss'], binary: false, mime: 'text/javascript' },
  WORD: { extensions: ['doc', 'docx'], binary: true, mime: 'application/msword' },
  XMLDOC: { extensions: ['xml'], binary: false, mime: 'text/xml' },
  XSD: { extensions: ['xsd'], binary: false, mime: 'text/xml' },
  ZIP: { extensions: ['zip'], binary: true, mime: 'application/zip' },
};

/** The type NetSuite gives a file of that name; unknown extensions are MISCBINARY, read as binary. */
export function fileTypeOf(name: string): string {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return (
    Object.entries(FILE_TYPES).find(([, type]) => type.extensions.includes(extension))?.[0] ??
    (extension ? 'MISCBINARY' : 'PLAINTEXT')
  );
}

export const isBinary = (fileType: string): boolean => FILE_TYPES[fileType]?.binary ?? fileType === 'MISCBINARY';

"""Signs one RESTlet call with requests-oauthlib: a signer that shares no code with ours. Usage: call.py '<json>'"""
import json
import sys

from requests_oauthlib import OAuth1Session

a = json.loads(sys.argv[1])
session = OAuth1Session(
    a["consumerKey"], a["consumerSecret"], a["tokenId"], a["tokenSecret"], realm=a["realm"], signature_method="HMAC-SHA256"
)
answer = session.request(a["method"], a["url"], json=a.get("body"), headers={"Content-Type": "application/json"})
print(json.dumps({"status": answer.status_code, "body": answer.text}))

"""Writes a document for schemathesis: with what HTTP itself may answer to any request, which documents do not repeat for
each operation (a 401 where credentials are demanded, among others), without the schema of texts in YAML, and without the
operations that are refused by design or that another listener answers.

usage: prepare.py DOCUMENT COPY LISTENER [PATH TO LEAVE OUT …]
       LISTENER is the x-listener of the operations to keep; "public" keeps those without
"""
import json
import sys

import yaml

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
HTTP = {"414": {"description": "The URI is too long."}, "431": {"description": "The head is too long."}}
UNAUTHENTICATED = {"401": {"description": "There are no credentials, or others are needed."}}

document, copy, listener, *left_out = sys.argv[1:]
# Dates stay texts.
loader = type("Loader", (yaml.SafeLoader,), {})
loader.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
with open(document) as file:
    content = yaml.load(file, loader)
for path in left_out:
    del content["paths"][path]
for path, item in list(content["paths"].items()):
    for method in METHODS & set(item):
        if item[method].get("x-listener", "public") != listener:
            del item[method]
    if not METHODS & set(item):
        del content["paths"][path]
for item in content["paths"].values():
    for method, operation in item.items():
        if method not in METHODS:
            continue
        for response in operation["responses"].values():
            # A text to us; schemathesis reads it as the object that it describes.
            response.get("content", {}).get("application/yaml", {}).pop("schema", None)
        secured = UNAUTHENTICATED if operation.get("security", content.get("security")) else {}
        operation["responses"] = {**HTTP, **secured, **operation["responses"]}
with open(copy, "w") as file:
    json.dump(content, file)

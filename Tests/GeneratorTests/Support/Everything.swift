/// One document with everything that the generator supports, and with names that are hard to translate.
enum Everything {
    static let document = #"""
        openapi: 3.1.1
        info: {title: "Everything \"quoted\" \\ and more", version: "1.0"}
        servers: [{url: /}]
        tags:
          - {name: pet store, description: "Names of two words.\n\nAnd paragraphs."}
          - {name: authenticator}
        security: [{bearer-auth: []}]
        paths:
          /pets/{pet_id}/{class}:
            parameters:
              - {name: pet_id, in: path, required: true, schema: {type: integer, format: int32, minimum: 1}}
              - {name: class, in: path, required: true, schema: {$ref: "#/components/schemas/class"}}
            get:
              operationId: get-pet
              tags: [pet store]
              x-tenancy: own
              deprecated: true
              parameters:
                - {name: pet_id, in: query, schema: {type: integer}}
                - {name: request, in: query, schema: {type: string, default: "a\"b\\c"}}
                - {name: decoder, in: query, required: true, schema: {type: boolean}}
                - {name: path, in: query, schema: {type: boolean, default: true}}
                - {name: self, in: query, schema: {type: number, minimum: 0.5, exclusiveMaximum: 1e3, default: 2}}
                - {name: context, in: header, schema: {type: string, enum: [a, b], default: b}}
                - {name: in, in: cookie, required: true, schema: {type: string}}
                - {name: Accept, in: header, schema: {type: string}}
                - {name: limit, in: query, schema: {type: integer, format: int64, exclusiveMinimum: 0, multipleOf: 5}}
                - name: sort
                  in: query
                  schema: {type: array, items: {type: string, enum: [name, -name, "", "1h", "*", default]}, maxItems: 3}
                - {name: ids, in: query, required: true, schema: {type: array, items: {type: integer}, minItems: 1}}
                - {name: kind, in: query, schema: {$ref: "#/components/schemas/Kind"}}
              responses:
                "200":
                  description: One pet.
                  headers:
                    X-Rate-Limit: {required: true, schema: {type: integer}}
                    X-Kind: {schema: {$ref: "#/components/schemas/Kind"}}
                    X-State: {required: true, schema: {type: string, enum: [on, off]}}
                    Retry-After: {schema: {type: number}}
                  content:
                    application/json:
                      schema: {$ref: "#/components/schemas/Pet"}
                "404": {$ref: "#/components/responses/Pet"}
                "418":
                  description: |
                    Several lines of description, one of which is so long that it has to be wrapped somewhere, since no line of a comment is longer than that.
                      - with indentation
                "500":
                  description: An inline body.
                  content:
                    application/problem+json:
                      schema:
                        type: object
                        required: [title]
                        properties:
                          title: {type: string}
                          extra: {}
            delete:
              operationId: deletePet
              tags: [pet store]
              x-tenancy: public
              security: []
              responses:
                "204": {description: Gone.}
          /forms:
            post:
              operationId: sendForm
              tags: [authenticator, pet store]
              x-tenancy: promql
              parameters:
                - {name: name, in: query, schema: {type: string}}
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema: {$ref: "#/components/schemas/Form"}
              responses:
                "202":
                  description: Bytes.
                  content:
                    text/plain: {}
          /optional-form:
            put:
              operationId: optionalForm
              tags: [authenticator]
              x-tenancy: own
              requestBody:
                content:
                  application/x-www-form-urlencoded:
                    schema:
                      type: object
                      properties:
                        a: {type: string}
                        b: {type: array, items: {type: boolean}}
              responses:
                "200":
                  description: Nullable JSON.
                  content:
                    application/json:
                      schema: {type: [string, "null"]}
          /series:
            parameters:
              - {name: X-Depth, in: header, schema: {type: integer, default: 3}}
            get:
              operationId: getSeries
              tags: [stats]
              x-tenancy: promql
              parameters:
                - {name: "match[]", in: query, schema: {$ref: "#/components/schemas/Selectors"}}
              responses:
                "200":
                  description: Series.
                  headers: {Vary: {required: true, schema: {type: string}}}
                  content:
                    application/json: {schema: {type: array, items: {type: string}}}
                    application/x-ndjson: {schema: {type: string}}
                "400": {description: Wrong., content: {text/plain; charset=utf-8: {}}}
            post:
              operationId: postSeries
              tags: [stats]
              x-tenancy: promql
              requestBody:
                content:
                  application/x-www-form-urlencoded: {schema: {$ref: "#/components/schemas/SeriesForm"}}
              responses:
                "200": {description: Series., content: {application/octet-stream: {}}}
          /metrics:
            get:
              operationId: getMetrics
              tags: [stats]
              x-tenancy: public
              x-listener: admin
              security: []
              parameters:
                - {name: accept, in: query, schema: {type: string}}
              responses:
                "200": {$ref: "#/components/responses/Exposition"}
          /admin/pets:
            get:
              operationId: adminPets
              tags: [stats]
              x-tenancy: public
              x-listener: admin
              security: []
              responses:
                "200":
                  description: Inline bodies of two media types.
                  content:
                    application/json:
                      schema: {type: object, required: [a], properties: {a: {type: string}}}
                    application/vnd.pets+json:
                      schema: {type: object, required: [b], properties: {b: {type: integer}}}
        components:
          securitySchemes:
            bearer-auth: {type: http, scheme: bearer}
          responses:
            Exposition:
              description: The same in several formats.
              content:
                text/plain; version=0.0.4: {schema: {type: string}}
                text/plain; version=1.0.0: {schema: {type: string}}
                application/openmetrics-text; version=1.0.0; charset=utf-8: {}
                application/protobuf: {schema: {type: string, format: binary}}
                application/octet-stream: {schema: {type: string, format: binary}}
                application/jsonl: {}
                application/json: {}
            Pet:
              description: A response that is called like a schema.
              content:
                application/json: {schema: {$ref: "#/components/schemas/Pet"}}
          schemas:
            class: {type: string, enum: [cat, dog], description: A keyword for a name.}
            Kind: {$ref: "#/components/schemas/class"}
            PrometheusError: {type: object, description: One of the forms of failures in generator.yaml.}
            Form:
              type: object
              required: [query, name]
              properties:
                query: {type: string, x-confine: promql}
                name: {type: string, minLength: 1}
                Type: {type: string, enum: [x]}
                tags: {type: array, items: {type: string}}
            Selectors: {type: array, items: {type: string, maxLength: 9}, maxItems: 3, x-confine: promql-selectors}
            SeriesForm:
              type: object
              properties:
                "match[]": {$ref: "#/components/schemas/Selectors"}
                limit: {type: integer, default: 10}
                steps: {type: array, items: {type: number}, default: [0.5, 2]}
            Pet:
              type: object
              required: [name, id, parent, const, Pet]
              properties:
                name: {type: string}
                id: {type: integer, format: int64}
                parent: {type: [string, "null"]}
                const: {const: pet}
                Pet: {type: object, properties: {Pet: {type: number, format: float}}}
                Status: {type: string, enum: [available, NOT_FOUND, self, init]}
                kind: {$ref: "#/components/schemas/Kind", description: Beside a reference.}
                friends: {type: array, items: {$ref: "#/components/schemas/Pet"}}
                owners: {type: array, items: {type: object, properties: {name: {type: string}}}}
                labels: {type: object, additionalProperties: {type: string}}
                scores: {type: object, additionalProperties: {type: [integer, "null"]}}
                free: {type: object, additionalProperties: true}
                anything: {}
                "with space": {type: boolean}
                "@": {type: boolean}
                "größe": {type: integer}
                default: {type: string}
                "2nd": {type: array}
            Pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}
            PetMap: {type: object, additionalProperties: {$ref: "#/components/schemas/Pets"}}
            Inline: {type: array, items: {type: object, properties: {a: {type: string}}}}
            Response: {type: object, properties: {Response: {$ref: "#/components/schemas/String"}}}
            String: {type: string}
            GetPet: {type: object, properties: {a: {$ref: "#/components/schemas/Response"}}}
            Kitten:
              description: A merged schema.
              allOf:
                - {$ref: "#/components/schemas/Response"}
                - {type: object, required: [kind], properties: {kind: {allOf: [{$ref: "#/components/schemas/Kind"}]}}}
            Empty: {type: object}
            Free: true
            DateTime:
              type: object
              required: [URI, old]
              properties:
                URI: {type: string, format: uri}
                old: {type: [string, "null"], format: duration, deprecated: true}
                older: {$ref: "#/components/schemas/DateTime", deprecated: true}
                date-time: {enum: [URI, 1, true, self, none, init, rawValue, description, allCases, 2.5, null]}
                bytes: {type: array, items: {type: string, format: byte}, example: ["```", "*/"]}
                when: {oneOf: [{type: string, format: date-time}, {type: string, format: date}, {enum: [never, 0]}]}
            ListedScalar: {type: object, additionalProperties: {type: string, format: uuid}}
        """#
}

import JSON

extension StyleReader {
    /// Where a schema allows an array as well as something else, what was sent is read as both: several values are an
    /// array, if one of those fits, and a single one is an array only if it fits nothing else. `nil` for every other
    /// schema, and where nothing was sent.
    func oneOrMany(
        _ style: ParameterStyle, _ read: (StyleReader) throws(StyleError) -> JSONValue?
    ) throws(StyleError) -> JSONValue? {
        guard isMeantAsArray == nil, schemas.isArrayOrOther(schema) else { return nil }
        switch style {
        case .json, .deepObject: return nil
        case .form, .simple, .label, .matrix, .spaceDelimited, .pipeDelimited: break
        }
        var (one, many) = (self, self)
        one.isMeantAsArray = false
        many.isMeantAsArray = true
        var array: JSONValue?
        do throws(StyleError) {
            array = try read(many)
        } catch {
            return try read(one)
        }
        let isArrayFitting = array.map { schemas.fits($0, schema) } ?? false
        if isArrayFitting, array?.arrayValue?.count ?? 0 > 1 { return array }
        do throws(StyleError) {
            guard let single = try read(one) else { return nil }
            return schemas.fits(single, schema) || !isArrayFitting ? single : array
        } catch {
            // Such as for what is repeated.
            return array
        }
    }
}

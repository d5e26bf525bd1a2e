import Testing

@Suite("Values of formats in generated code")
struct FormatCallsTests {
    @Test("pass wherever a scalar can stand, written as they were read, and wrong ones are told with their places")
    func calls() throws {
        let printed = try GeneratedProgram.output(of: FormatCalls.document, FormatCalls.program)
        #expect(printed == FormatCalls.output, "\(printed)")
    }
}

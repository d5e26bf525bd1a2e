-- wrk's requests, each with the next of the tokens in the file that TOKENS names. The threads begin far from each other.
local tokens, position, started = {}, 0, 0

function setup(thread)
    thread:set("number", started)
    started = started + 1
end

function init(arguments)
    for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = "Bearer " .. line end
    position = math.floor(#tokens / 2) * number
end

function request()
    position = position % #tokens + 1
    wrk.headers["Authorization"] = tokens[position]
    return wrk.format()
end

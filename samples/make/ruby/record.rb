# Records with Ruby VCR (https://github.com/vcr/vcr) by a plan that samples/make/__main__.py writes.
#
# Its own hook replaces the stand-in's address by the one to be recorded, and the date by a fixed one.

require 'json'
require 'net/http'
require 'time'
require 'vcr'
require 'webmock'

# What record.rb does differently for each variant of table.py.
OPTIONS = {
  'yaml' => {},
  'json' => { serialize_with: :json },
  'exact-bytes' => { preserve_exact_body_bytes: true }
}.freeze

RECORDED_AT = Time.utc(2025, 1, 1)

def ask(exchange)
  target = URI(exchange.fetch('base') + exchange.fetch('path'))
  headers = { 'Accept-Encoding' => 'identity' }.merge(exchange.fetch('headers'))
  request = Net::HTTPGenericRequest.new(exchange.fetch('method'), !exchange.fetch('body').empty?, true, target, headers)
  request.body = exchange.fetch('body') unless exchange.fetch('body').empty?
  Net::HTTP.start(target.host, target.port) { |http| http.request(request) }
end

def hide_standin(interaction, exchanges)
  uri = interaction.request.uri
  exchange = exchanges.find { |each| uri.start_with?("#{each.fetch('base')}/") }
  interaction.request.uri = uri.sub(exchange.fetch('base'), exchange.fetch('origin'))
  interaction.request.headers['Host'] = [URI(exchange.fetch('origin')).host]
  interaction.recorded_at = RECORDED_AT
end

def record(recording)
  exchanges = recording.fetch('exchanges')
  folder, file = File.split(recording.fetch('file'))
  VCR.configure do |config|
    config.cassette_library_dir = folder
    config.hook_into :webmock
    config.before_record(recording.fetch('file').to_sym) { |interaction| hide_standin(interaction, exchanges) }
  end
  name = File.basename(file, '.*')
  options = { record: :all, tag: recording.fetch('file').to_sym, **OPTIONS.fetch(recording.fetch('variant')) }
  VCR.use_cassette(name, options) { exchanges.each { |exchange| ask(exchange) } }
  # VCR ends the names of YAML files in .yml.
  made = File.join(folder, "#{name}.yml")
  File.rename(made, recording.fetch('file')) if File.exist?(made)
end

JSON.parse(File.read(ENV.fetch('PLAN'))).fetch('recordings').each { |recording| record(recording) }

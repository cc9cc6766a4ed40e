# Loads the recordings that standard input names, a path a line, with Ruby VCR, and saves them as it does, in place.

require 'vcr'

VCR.configure { |config| config.cassette_library_dir = '/' }

$stdin.each_line(chomp: true) do |path|
  # With nothing new to record it would not save.
  held = VCR::Cassette.new(path.delete_suffix('.yml'), record: :new_episodes).serializable_hash
  File.binwrite(path, VCR.cassette_serializers[:yaml].serialize(held))
end

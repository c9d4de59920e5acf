# Signs one RESTlet call with Net::OAuth: a signer that shares no code with ours. Usage: call.pl '<json>'
use strict;
use warnings;
use Digest::SHA qw(hmac_sha256_base64);
use Encode qw(decode);
use JSON::PP;
use LWP::UserAgent;
use Net::OAuth;
use URI;

$Net::OAuth::PROTOCOL_VERSION = Net::OAuth::PROTOCOL_VERSION_1_0A;

# Net::OAuth knows HMAC-SHA1 and RSA; its plug-in point for other methods is a package of this name.
package Net::OAuth::SignatureMethod::HMAC_SHA256;
sub sign {
    my ($self, $request) = @_;
    my $digest = Digest::SHA::hmac_sha256_base64($request->signature_base_string, $request->signature_key);
    $digest .= '=' while length($digest) % 4;
    return $digest;
}
$INC{'Net/OAuth/SignatureMethod/HMAC_SHA256.pm'} = __FILE__;

package main;
my $given = decode_json($ARGV[0]);
my $url = URI->new($given->{url});
my %query = $url->query_form;
my $request = Net::OAuth->request('protected resource')->new(
    consumer_key => $given->{consumerKey}, consumer_secret => $given->{consumerSecret},
    token => $given->{tokenId}, token_secret => $given->{tokenSecret},
    request_url => $given->{url}, request_method => $given->{method}, signature_method => 'HMAC-SHA256',
    timestamp => time, nonce => join('', map { ('a' .. 'z', 0 .. 9)[rand 36] } 1 .. 20), extra_params => {},
);
$request->sign;
my $http = HTTP::Request->new($given->{method}, $given->{url});
$http->header(Authorization => $request->to_authorization_header($given->{realm}), 'Content-Type' => 'application/json');
$http->content(encode_json($given->{body})) if $given->{body};
my $answer = LWP::UserAgent->new->request($http);
# JSON carries no charset of its own, so LWP hands out bytes.
print encode_json({ status => 0 + $answer->code, body => decode('UTF-8', $answer->content) });
